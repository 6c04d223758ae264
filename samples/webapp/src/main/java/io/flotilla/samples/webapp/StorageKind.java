package io.flotilla.samples.webapp;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where uploads are kept. */
enum StorageKind {
    /** In a folder that all nodes have in common. */
    SHARED,
    /** On the nodes' own disks. */
    MIRROR;

    /** Reads the option. */
    static final class Converter implements ITypeConverter<StorageKind> {
        @Override
        public StorageKind convert(String text) {
            return switch (text) {
                case "shared" -> SHARED;
                case "mirror" -> MIRROR;
                default -> throw new TypeConversionException("must be shared or mirror, was '" + text + "'");
            };
        }
    }
}
