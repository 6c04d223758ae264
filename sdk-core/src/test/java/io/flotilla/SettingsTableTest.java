package io.flotilla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SettingsTableTest {

    @Test
    void theReadmeListsEverySettingOfTheBuilder() throws IOException {
        TreeSet<String> settings = Arrays.stream(ClusterBuilder.class.getMethods())
                .filter(each -> each.getReturnType() == ClusterBuilder.class)
                .map(Method::getName)
                .filter(each -> !each.equals("install"))
                .collect(Collectors.toCollection(TreeSet::new));
        settings.add("name");

        assertThat(ReadmeTable.column("Settings", 0)).isEqualTo(settings);
    }
}
