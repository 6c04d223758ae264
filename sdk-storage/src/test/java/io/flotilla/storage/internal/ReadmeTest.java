package io.flotilla.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of the README hold what there is, no more and no less. */
class ReadmeTest {
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([^`]+)`.*");

    private static List<String> names(String heading) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("\n## " + heading + "\n") + 4);
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .map(FIRST_CELL::matcher)
                .filter(Matcher::matches)
                .map(each -> each.group(1))
                .toList();
    }

    @Test
    void listsEverySetting() throws IOException {
        assertThat(names("Settings"))
                .containsExactlyElementsOf(Arrays.stream(StorageConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void listsEveryMeter() throws IOException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        String unused = new StorageMetrics(meters).measured("put", () -> "done");
        assertThat(names("Metrics"))
                .containsExactlyElementsOf(meters.getMeters().stream()
                        .map(Meter::getId)
                        .map(Meter.Id::getName)
                        .toList());
    }
}
