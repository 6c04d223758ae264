package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.store.EndListener;
import io.flotilla.sessions.internal.store.EndedSession;

/** Tells a web application's listeners of sessions that end without a request, with its own class loader in place. */
record SessionEnds(SessionScope scope) implements EndListener {

    @Override
    public boolean wants(boolean anyBound) {
        return anyBound || scope.events().hearEnds();
    }

    @Override
    public void ended(EndedSession session) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(scope.context().getClassLoader());
        try {
            ClusterSession.ended(scope, session).tellEnd();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
