package io.flotilla.samples.webapp;

import java.util.List;

/** This node and the members it knows, as JSON shows them. */
record NodeView(String node, String state, List<MemberView> members) {

    /** One member. */
    record MemberView(String node, String state, int weight, String url, boolean self) {}
}
