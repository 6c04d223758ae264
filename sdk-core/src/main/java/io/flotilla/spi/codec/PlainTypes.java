package io.flotilla.spi.codec;

import java.util.Set;

/** The JDK's types of plain data: allowed beside what an application names, since every value is made of them. */
final class PlainTypes {
    private static final Set<String> PACKAGES = Set.of("java.math.", "java.text.", "java.sql.");
    private static final Set<String> NAMED = Set.of(
            "java.io.File",
            "java.lang.reflect.Proxy", // the class above every proxy's own; their interfaces are judged
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetAddress",
            "java.net.InetSocketAddress",
            "java.net.URI",
            "java.net.URL");

    private PlainTypes() {}

    static boolean isPlain(String className) {
        String inPackage = className.substring(0, className.lastIndexOf('.') + 1);
        return inPackage.equals("java.lang.")
                || className.startsWith("java.util.")
                || className.startsWith("java.time.")
                || PACKAGES.contains(inPackage)
                || NAMED.contains(className);
    }
}
