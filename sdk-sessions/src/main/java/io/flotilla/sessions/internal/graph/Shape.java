package io.flotilla.sessions.internal.graph;

/** How the state of objects of one class is seen. Thread-safe. */
interface Shape {
    /**
     * Shows the parts of an object's own state, in an order that depends on nothing but that state, for as long as they are
     * wanted.
     *
     * @return whether all of them were wanted
     */
    boolean show(Object object, Parts to);
}
