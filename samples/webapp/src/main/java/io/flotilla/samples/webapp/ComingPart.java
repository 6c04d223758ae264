package io.flotilla.samples.webapp;

/** Parts of the SDK that the node's options and paths speak of already and that do not exist yet. */
enum ComingPart {
    AGENT("the agent-check listener does"),
    MIRROR("mirrored storage does"),
    UPLOADS("uploads without --storage shared do"),
    TUS("resumable uploads do"),
    STATIC("the offload to a static server does"),
    WEIGHTS("load-aware weights do"),
    BALANCERS("the watchdog over balancers and their generated configuration do"),
    SCALE("scale advice does"),
    CONSOLE("the console does"),
    COORDINATION("leadership, live settings and events do");

    private final String begin;

    ComingPart(String begin) {
        this.begin = begin;
    }

    /** One sentence without its full stop. */
    String doesNotExistYet() {
        return begin + " not exist yet";
    }
}
