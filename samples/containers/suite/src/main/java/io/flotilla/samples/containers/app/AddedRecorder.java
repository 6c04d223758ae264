package io.flotilla.samples.containers.app;

/** Added by code. */
final class AddedRecorder extends Recorder {

    AddedRecorder(String name) {
        super(name);
    }
}
