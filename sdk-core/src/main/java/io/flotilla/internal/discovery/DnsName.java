package io.flotilla.internal.discovery;

import io.flotilla.Discovery;
import io.flotilla.spi.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name behind {@link Discovery#dns}: whoever it resolves to when asked. */
public final class DnsName implements Discovery {
    private static final Logger log = LoggerFactory.getLogger(DnsName.class);
    private static final Pattern NAME = Pattern.compile("[^\\s:/\\[\\]]+");

    private final String name;
    private final int port;
    private final Resolver resolver;

    public DnsName(String name, int port) {
        this(name, port, Resolver.SYSTEM);
        if (isForever(cacheSeconds())) {
            log.warn(
                    "this JVM keeps DNS answers for ever: members that come under a new address are not found before a"
                            + " restart; set the security property networkaddress.cache.ttl to 30 or less for {}",
                    this);
        }
    }

    DnsName(String name, int port, Resolver resolver) {
        Check.that(
                NAME.matcher(name).matches(), "cluster.discovery must name a host, without its port, was '%s'", name);
        HostPort.checkPort(port, port);
        this.name = name;
        this.port = port;
        this.resolver = resolver;
    }

    @Override
    public List<String> addresses() {
        try {
            return Arrays.stream(resolver.resolve(name))
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .map(each -> new HostPort(each, port).toString())
                    .toList();
        } catch (UnknownHostException unknown) {
            return List.of(); // no record before the first member runs: nobody is known, and nothing is wrong
        }
    }

    /** As the JDK reads it: the security property, else the old system property. */
    private static @Nullable String cacheSeconds() {
        String security = Security.getProperty("networkaddress.cache.ttl");
        return security != null ? security : System.getProperty("sun.net.inetaddr.ttl");
    }

    static boolean isForever(@Nullable String cacheSeconds) {
        return cacheSeconds != null && cacheSeconds.strip().startsWith("-");
    }

    @Override
    public String toString() {
        return "dns[" + name + ":" + port + "]";
    }
}
