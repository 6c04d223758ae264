package io.flotilla.samples.webapp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address to listen on. The cluster refuses anything but loopback too, but only after HTTP would have taken its port. */
final class BindConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        try {
            if (!text.isBlank() && InetAddress.getByName(text).isLoopbackAddress()) {
                return text;
            }
        } catch (UnknownHostException unknown) {
            // Refused below, like an address that others reach.
        }
        throw new TypeConversionException("must be a loopback address such as 127.0.0.1, as long as traffic between"
                + " members is not protected, was '" + text + "'");
    }
}
