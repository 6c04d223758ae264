package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import org.jspecify.annotations.Nullable;

/** What a backup does with the owner's finished result; its own result is never read. */
abstract class BackupStep extends WireType implements EntryProcessor<String, SessionRecord, Boolean> {

    @Override
    public final @Nullable EntryProcessor<String, SessionRecord, Boolean> getBackupProcessor() {
        return null;
    }
}
