package io.flotilla.internal;

/** Asked before a call to the cluster's data is sent, and after its answer has come. */
interface Gate {

    /**
     * Lets a call pass if this member may serve.
     *
     * @return a ticket for {@link #isTrusted}
     * @throws io.flotilla.ClusterUnavailableException if it may not
     */
    int enter();

    /** Whether an answer may be believed: this JVM did not stand still since the call entered. */
    boolean isTrusted(int ticket);
}
