package io.flotilla.storage.internal.shared;

import io.flotilla.storage.internal.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The file systems of this host, network file systems among them. */
public final class HostDisk implements Disk {
    private static final int TRIES = 3;

    /** What an NFS client makes of a file that was deleted while it had it open. */
    private static final String SILLY_NAME = ".nfs";

    @Override
    public Output create(Path file) throws IOException {
        return new ChannelOutput(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** A name that a client of a network file system remembers may lead to a file that is gone: looking again helps. */
    @Override
    public Input open(Path file) throws IOException {
        for (int i = 1; ; i++) {
            try {
                return new ChannelInput(FileChannel.open(file, StandardOpenOption.READ));
            } catch (NoSuchFileException absent) {
                throw absent;
            } catch (IOException failure) {
                if (i == TRIES || !Troubles.isStale(failure)) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        Files.move(file, name);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(directory)) {
                throw there;
            }
        }
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path each : all) {
                String name = String.valueOf(each.getFileName());
                if (!name.startsWith(SILLY_NAME)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return names;
    }

    @Override
    public long lastModified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (NoSuchFileException absent) {
            return Long.MAX_VALUE;
        }
    }

    private record ChannelOutput(FileChannel channel) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                int unused = channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record ChannelInput(FileChannel channel) implements Input {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
