package io.flotilla.health.internal.forwarded;

import io.flotilla.spi.Check;
import java.net.InetAddress;

/** A range of addresses: those that share their first bits (CIDR, RFC 4632 and RFC 4291). */
public final class Network {
    private final byte[] first;
    private final int prefix;

    private Network(byte[] first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /**
     * Reads an address or a network.
     *
     * @param setting its name in the message
     * @throws IllegalArgumentException if it is neither
     */
    public static Network parse(String setting, String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress address = Literals.address(parts[0]);
        if (address == null) {
            throw new IllegalArgumentException(setting
                    + " must be an address or a network such as 10.0.0.7, 10.1.0.0/16 or fd00::/8, was " + text);
        }
        byte[] bytes = address.getAddress();
        int prefix = parts.length < 2 ? bytes.length * 8 : number(parts[1]);
        Check.that(
                prefix >= 0 && prefix <= bytes.length * 8,
                "%s must have a prefix of 0 to %d bits, was %s",
                setting,
                bytes.length * 8,
                text);
        return new Network(bytes, prefix);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Whether the address is of this network; an IPv4 address never is of an IPv6 network. */
    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((bytes[bit / 8] ^ first[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
