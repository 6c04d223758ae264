package io.flotilla.samples.farm;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this program's files are. */
final class FarmHome {
    private FarmHome() {}

    /** The jar of another sample, built beside this one: {@code samples/NAME/target/NAME.jar}. */
    static Path siblingJar(String name) {
        try {
            Path self = Path.of(FarmHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path samples = self.resolve("../../..").normalize();
            return samples.resolve(name).resolve("target").resolve(name + ".jar");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
