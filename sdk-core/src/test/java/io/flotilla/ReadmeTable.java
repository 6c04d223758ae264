package io.flotilla;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a table of the module's README, so that a test can hold it against the code. */
final class ReadmeTable {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private ReadmeTable() {}

    /** The code words in one column of the first table under a heading. */
    static Set<String> column(String heading, int column) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("\n## " + heading + "\n");
        if (start < 0) {
            throw new AssertionError("README.md has no heading " + heading);
        }
        int end = readme.indexOf("\n## ", start + 1);
        String section = readme.substring(start, end < 0 ? readme.length() : end);
        Set<String> words = new TreeSet<>();
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            Matcher word = CODE.matcher(line.split("\\|", -1)[column + 1]);
            if (word.find()) {
                words.add(word.group(1));
            }
        });
        return words;
    }
}
