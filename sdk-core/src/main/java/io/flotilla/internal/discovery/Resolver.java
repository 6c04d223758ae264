package io.flotilla.internal.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Makes addresses of a name; a seam for tests. */
@FunctionalInterface
interface Resolver {
    Resolver SYSTEM = InetAddress::getAllByName;

    /** All addresses of the name, at least one. */
    InetAddress[] resolve(String name) throws UnknownHostException;
}
