package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.internal.shared.FaultDisk.PowerLoss;
import io.flotilla.storage.internal.shared.FaultDisk.Unforced;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects whose time is over, and names long deleted; and what becomes of damage. */
@ExtendWith(CleanSlate.class)
class UpkeepOfObjectsTest {
    private final World world = new World();

    @Test
    void anObjectEndsOnTimeAndIsSwept() {
        world.put("short", "1", new PutRequest(null, Map.of(), Duration.ofMinutes(1), null));
        world.time.advance(Duration.ofSeconds(59));
        assertThat(world.read("short")).isEqualTo("1");
        world.time.advance(Duration.ofSeconds(1));
        assertThat(world.read("short")).isNull();
        assertThat(world.readAll()).isEmpty();
        assertThat(world.delete("short")).isFalse();
        world.sweepLong();
        world.assertNoOrphans();
        assertThat(world.index.all()).extracting(Reference::content).containsOnlyNulls();
    }

    @Test
    void whatHasExpiredMakesRoomForANewObject() {
        world.put("short", "1", new PutRequest(null, Map.of(), Duration.ofMinutes(1), null));
        world.time.advance(Duration.ofMinutes(1));
        world.put("short", "2", World.IF_ABSENT);
        world.sweepLong();
        assertThat(world.read("short")).isEqualTo("2");
    }

    @Test
    void anUploadThatGoesOnForDaysIsNotSwept() {
        try (Upload upload = new Upload(world.objects, World.SPACE, "slow", World.ANY)) {
            for (int day = 0; day < 3; day++) {
                upload.write(World.text(70_000).getBytes(UTF_8), 0, 70_000);
                world.time.advance(World.GRACE.minusMinutes(1));
                world.sweep();
            }
            assertThat(upload.commit().size()).isEqualTo(210_000);
        }
        assertThat(world.read("slow")).hasSize(210_000);
    }

    @Test
    void aNameIsForgottenAMonthAfterItWasDeleted() {
        world.put("old", "1");
        long generation = world.put("old", "2").generation();
        world.delete("old");
        world.sweepLong();
        assertThat(world.index.all()).hasSize(1);
        world.time.advance(Duration.ofDays(30));
        world.sweep();
        assertThat(world.index.all()).isEmpty();
        assertThat(world.namesBelow("references")).isEmpty();
        assertThat(world.put("old", "3").generation()).isGreaterThan(generation);
    }

    @Test
    void generationsGrowThoughTheClockGoesBack() {
        long first = world.put("a", "1").generation();
        world.time.setClock(world.time.now().minus(Duration.ofDays(1)));
        assertThat(world.put("a", "2").generation()).isGreaterThan(first);
        assertThat(world.read("a")).isEqualTo("2");
    }

    @Test
    void aReferenceWhoseWriterDiedBeforeItToldTheIndexIsFoundByTheSweep() throws Exception {
        Reference unknown =
                new Reference(World.SPACE, "lost", 0, world.time.clock().millis(), "op", contentOf("1"));
        world.put("other", "1");
        world.folder.append(unknown);
        assertThat(world.read("lost")).isNull();
        world.sweep();
        assertThat(world.read("lost")).isEqualTo("1");
    }

    private Content contentOf(String text) {
        return new Content(
                new BlobKey(StorageTests.sha256(text), "bin"), 1, PutRequest.NO_TYPE, Map.of(), 1, Content.NEVER);
    }

    @Test
    @ExpectLog("the reference in .* cannot be read; its object is not there until it is restored")
    @ExpectLog("no blob is swept while 1 references cannot be read")
    void noBlobIsSweptWhileAReferenceCannotBeRead() throws Exception {
        world.put("a", "1");
        world.put("b", "2");
        for (Path each : world.disk.files().keySet()) {
            if (each.startsWith("/references")) {
                world.disk.damage(each);
                break;
            }
        }
        PowerLoss unused = world.disk.cut();
        world.restart(Unforced.LOST, 0);
        world.sweepLong();
        assertThat(world.readAll()).hasSize(1);
        assertThat(world.namesBelow("blobs")).hasSize(2);
        assertThat(world.namesBelow("trash")).isEmpty();
    }

    @Test
    void bytesThatAreGoneAreToldSo() throws Exception {
        world.put("a", "1");
        for (Path each : world.disk.files().keySet()) {
            if (each.startsWith("/blobs")) {
                world.disk.delete(each);
            }
        }
        assertThatThrownBy(() -> world.read("a"))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        told -> assertThat(told.reason()).isEqualTo(StorageException.Reason.LOST));
    }
}
