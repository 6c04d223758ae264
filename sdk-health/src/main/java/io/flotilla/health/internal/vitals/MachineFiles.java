package io.flotilla.health.internal.vitals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kernel's small text files. One that is not there, or cannot be read, is empty. */
final class MachineFiles {
    private final Path root;

    /** @param root what stands for {@code /} */
    MachineFiles(Path root) {
        this.root = root;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    static List<String> lines(Path file) {
        try {
            // Bytes, not readString: their length is given as 0. Not strict: one odd name must not hide the rest.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException
                | SecurityException unknown) { // pressure files exist and refuse to be read, if switched off
            return List.of();
        }
    }

    /** The number that a file holds; -1 if there is none, such as for {@code max}. */
    static long number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? -1 : number(lines.get(0).strip());
    }

    /** The numbers of a file with one name and one number a line, such as {@code MemTotal: 1024 kB}. */
    static Map<String, Long> table(Path file) {
        Map<String, Long> table = new HashMap<>();
        for (String line : lines(file)) {
            String[] words = line.strip().split("[:\\s]+", -1);
            long number = words.length < 2 ? -1 : number(words[1]);
            if (number >= 0) {
                table.put(words[0], number);
            }
        }
        return table;
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
