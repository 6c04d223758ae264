package io.flotilla.samples.webapp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The one address to listen on, for browsers and for other members. */
final class BindConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        try {
            if (!text.isBlank() && !InetAddress.getByName(text).isAnyLocalAddress()) {
                return text;
            }
        } catch (UnknownHostException unknown) {
            // Refused below, like the wildcard, under which no other member could reach this one.
        }
        throw new TypeConversionException("must be one address of this host such as 127.0.0.1, was '" + text + "'");
    }
}
