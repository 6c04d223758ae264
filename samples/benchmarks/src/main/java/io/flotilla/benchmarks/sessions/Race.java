package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.sessions.Browser.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one session that overlap, each race with a session of its own. Requests wait between getting their session
 * and changing it, for times that differ from round to round, so that they finish in any order.
 */
enum Race {
    /** Four requests set an attribute each. */
    DIFFERENT_ATTRIBUTES {
        @Override
        Tally run(Round round) {
            List<CompletableFuture<Reply>> sent = IntStream.range(0, 4)
                    .mapToObj(i -> round.send(i, "/race/set?name=a" + i + "&value=v&millis=" + round.millis(i)))
                    .toList();
            List<Reply> replies = sent.stream().map(CompletableFuture::join).toList();
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i).acknowledged()) {
                    wanted.add("a" + i + "=v");
                }
            }
            return round.check(wanted).plus(Tally.of(replies));
        }
    },
    /** One request after the other changes an object in the session, without setting the attribute. */
    CHANGE_INSIDE_AN_OBJECT {
        @Override
        Tally run(Round round) {
            List<Reply> replies = IntStream.range(0, 4)
                    .mapToObj(i -> round.send(i, "/race/add?value=v" + i).join())
                    .toList();
            List<String> wanted = new ArrayList<>();
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i).acknowledged()) {
                    wanted.add("list=v" + i);
                }
            }
            return round.check(wanted).plus(Tally.of(replies));
        }
    },
    /** One request changes an object in the session while another one sets an attribute. */
    CHANGE_INSIDE_AND_WRITE {
        @Override
        Tally run(Round round) {
            CompletableFuture<Reply> change = round.send(0, "/race/add?value=v&millis=" + round.millis(0));
            CompletableFuture<Reply> write = round.send(1, "/race/set?name=a&value=v&millis=" + round.millis(1));
            List<String> wanted = new ArrayList<>();
            if (change.join().acknowledged()) {
                wanted.add("list=v");
            }
            if (write.join().acknowledged()) {
                wanted.add("a=v");
            }
            return round.check(wanted).plus(Tally.of(change.join(), write.join()));
        }
    },
    /** One request sets an attribute while another one changes the id, as a login does. */
    WRITE_AND_CHANGE_OF_ID {
        @Override
        Tally run(Round round) {
            CompletableFuture<Reply> write = round.send(0, "/race/set?name=a&value=v&millis=" + round.millis(0));
            Reply change = round.send(1, "/race/id?millis=" + round.millis(1)).join();
            Reply written = write.join();
            round.take(change.cookie());
            return round.check(written.acknowledged() ? List.of("a=v") : List.of())
                    .plus(Tally.of(written, change));
        }
    },
    /** One request sets an attribute while another one ends the session. */
    WRITE_AND_END {
        @Override
        Tally run(Round round) {
            CompletableFuture<Reply> write = round.send(0, "/race/set?name=a&value=v&millis=" + round.millis(0));
            Reply end = round.send(1, "/race/end?millis=" + round.millis(1)).join();
            Reply written = write.join();
            boolean alive = end.acknowledged() && round.isAlive();
            return Tally.resurrected(alive).plus(Tally.of(written, end));
        }
    };

    abstract Tally run(Round round);

    /** As it is written in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** One session, and where its requests go: to all nodes, or in every other round to one. */
    static final class Round {
        private static final int LONGEST = 20; // milliseconds that a request waits
        private static final int STEP = 7; // coprime to the longest: all pairs of waits come

        private final Browser browser;
        private final int nodes;
        private final int number;
        private final boolean sticky;
        private @Nullable String cookie;

        Round(Browser browser, int nodes, int number, boolean sticky) {
            this.browser = browser;
            this.nodes = nodes;
            this.number = number;
            this.sticky = sticky;
            cookie = send(0, "/race/new").join().cookie();
        }

        CompletableFuture<Reply> send(int turn, String path) {
            boolean oneNode = sticky || number % 2 == 1;
            return browser.send((oneNode ? 0 : number / 2 + turn) % nodes, path, cookie);
        }

        /** How long that request waits. */
        int millis(int turn) {
            return (number * (turn == 0 ? 1 : STEP * turn)) % (LONGEST + 1);
        }

        void take(@Nullable String changed) {
            if (changed != null) {
                cookie = changed;
            }
        }

        /** What of that is missing, on whichever node most is. */
        Tally check(List<String> wanted) {
            int lost = 0;
            for (int i = 0; i < (sticky ? 1 : nodes); i++) {
                Set<String> found = new HashSet<>(Arrays.asList(
                        browser.send(i, "/race/all", cookie).join().body().split(" ", -1)));
                lost = Math.max(lost, (int)
                        wanted.stream().filter(each -> !found.contains(each)).count());
            }
            return Tally.acknowledged(wanted.size(), lost);
        }

        boolean isAlive() {
            return IntStream.range(0, sticky ? 1 : nodes)
                    .anyMatch(i -> browser.send(i, "/race/all", cookie).join().acknowledged());
        }
    }
}
