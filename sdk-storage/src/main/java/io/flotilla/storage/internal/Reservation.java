package io.flotilla.storage.internal;

import org.jspecify.annotations.Nullable;

/** What one change adds to its namespace; taken back at the close unless it is kept. Not thread-safe. */
final class Reservation implements AutoCloseable {
    private final Quotas.@Nullable Account account; // null where there is no limit
    private long objects;
    private long bytes;

    Reservation(Quotas.@Nullable Account account) {
        this.account = account;
    }

    /**
     * Counts a change, in place of the one that was counted before.
     *
     * @throws io.flotilla.storage.StorageException if it would be too much
     */
    void change(@Nullable Content before, @Nullable Content after) {
        takeBack();
        if (account != null) {
            long moreObjects = count(after) - count(before);
            long moreBytes = size(after) - size(before);
            account.reserve(moreObjects, moreBytes);
            objects = moreObjects;
            bytes = moreBytes;
        }
    }

    void keep() {
        objects = 0;
        bytes = 0;
    }

    @Override
    public void close() {
        takeBack();
    }

    private void takeBack() {
        if (account != null) {
            account.add(-objects, -bytes);
            keep();
        }
    }

    private static long count(@Nullable Content content) {
        return content == null ? 0 : 1;
    }

    private static long size(@Nullable Content content) {
        return content == null ? 0 : content.size();
    }
}
