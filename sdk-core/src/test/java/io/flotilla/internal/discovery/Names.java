package io.flotilla.internal.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A name service that a test fills. */
final class Names implements Resolver {
    private final Map<String, List<String>> records = new HashMap<>();

    static Names of(String name, String... addresses) {
        Names names = new Names();
        names.set(name, addresses);
        return names;
    }

    void set(String name, String... addresses) {
        records.put(name, List.of(addresses));
    }

    @Override
    public InetAddress[] resolve(String name) throws UnknownHostException {
        List<String> found = records.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw new UnknownHostException(name);
        }
        InetAddress[] addresses = new InetAddress[found.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByName(found.get(i)); // numeric: asks nobody
        }
        return addresses;
    }
}
