package io.flotilla.samples.containers.app;

/** Declared in the descriptor. */
public final class DeclaredRecorder extends Recorder {

    /** Made by the container. */
    public DeclaredRecorder() {
        super("declared");
    }
}
