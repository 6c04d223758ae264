package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.UnreadableAttribute;
import io.flotilla.sessions.UnreadablePolicy;

/** The policies that come with the module. */
public enum Unreadables implements UnreadablePolicy {
    /** As if it was not there. */
    LEAVE_OUT {
        @Override
        public void unreadable(UnreadableAttribute attribute) {}
    },
    /** An exception. */
    FAIL {
        @Override
        public void unreadable(UnreadableAttribute attribute) {
            throw attribute.failure();
        }
    }
}
