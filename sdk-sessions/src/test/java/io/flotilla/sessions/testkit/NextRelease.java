package io.flotilla.sessions.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A release that may follow this one, made of this one's sources as the rules for changes say. It speaks a level more; its commits
 * bring a note along that the owner keeps in the record; and it has a message that asks for the note.
 */
public final class NextRelease {
    /** What its commits leave in a record. */
    public static final String NOTE = "by the next release";

    private static final Path CORE = Path.of("sdk-core/src/main/java/io/flotilla/internal/wire");
    private static final Path SESSIONS = Path.of("sdk-sessions/src/main/java/io/flotilla/sessions/internal/wire");

    private final Path project;
    private final Path directory;
    private final List<Path> changed = new ArrayList<>();

    private NextRelease(Path project, Path directory) {
        this.project = project;
        this.directory = directory;
    }

    /**
     * Compiles the classes that differ.
     *
     * @param project the directory of the whole project
     * @param directory an empty one
     * @param classPath with the classes of this release
     * @return where they are
     */
    public static Path compile(Path project, Path directory, String classPath) throws IOException {
        return new NextRelease(project, directory).compile(classPath);
    }

    private Path compile(String classPath) throws IOException {
        change(CORE.resolve("WireLevels.java"), "NEWEST = 1;", "NEWEST = 2;");
        change(
                SESSIONS.resolve("CommitProcessor.java"),
                "this.commit = commit;",
                "this.commit = commit; add(1, \"" + NOTE + "\".getBytes(java.nio.charset.StandardCharsets.UTF_8));",
                "return SessionProtocol.commit(",
                "return noted(SessionProtocol.commit(",
                "owner.lastLoss());",
                "owner.lastLoss()));",
                "    @Override\n    public int getClassId()",
                """
                    private SessionProtocol.Outcome<CommitReply> noted(SessionProtocol.Outcome<CommitReply> outcome) {
                        if (outcome.stored() != null && addition(1) != null) {
                            outcome.stored().note(addition(1));
                        }
                        return outcome;
                    }

                    @Override
                    public int getClassId()\
                """);
        change(SESSIONS.resolve("SessionRecord.java"), "    Writers writers() {", """
                    void note(byte[] note) {
                        add(1, note);
                    }

                    String note() {
                        byte[] note = addition(1);
                        return note == null ? "" : new String(note, java.nio.charset.StandardCharsets.UTF_8);
                    }

                    Writers writers() {\
                """);
        change(
                SESSIONS.resolve("SessionsFactory.java"),
                "            default ->",
                "            case NoteProcessor.CLASS_ID -> new NoteProcessor();\n            default ->");
        addNoteProcessor();
        return compileChanged(classPath);
    }

    /** A text to replace and what replaces it, again and again. */
    private void change(Path source, String... replacements) throws IOException {
        String text = Files.readString(project.resolve(source));
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).as("%s, of which the next release is made", source).containsOnlyOnce(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        add(source.getFileName().toString(), text);
    }

    private void addNoteProcessor() throws IOException {
        try (InputStream text = getClass().getResourceAsStream("NoteProcessor.java.txt")) {
            add("NoteProcessor.java", new String(requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void add(String name, String text) throws IOException {
        changed.add(Files.writeString(directory.resolve(name), text));
    }

    private Path compileChanged(String classPath) {
        Path classes = directory.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
        arguments.addAll(List.of("-cp", classPath));
        changed.forEach(each -> arguments.add(each.toString()));
        int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(failed).isZero();
        return classes;
    }
}
