package io.flotilla.samples.containers.app;

import jakarta.servlet.annotation.WebListener;

/** Found by its annotation. */
@WebListener
public final class AnnotatedRecorder extends Recorder {

    /** Made by the container. */
    public AnnotatedRecorder() {
        super("annotated");
    }
}
