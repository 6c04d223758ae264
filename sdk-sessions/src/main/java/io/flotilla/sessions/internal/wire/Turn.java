package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The right of one exclusive request to a session: a lease, renewed while the request runs. Whoever lost it learns that
 * when he stores something, since the record's turn has another number by then or none. A lease that has run out is good until
 * somebody else gets the turn.
 *
 * <p>The owner gives the number, so that a claim that is delivered again, long after its turn was over, gets a turn which
 * nobody knows of, and which runs out.
 *
 * <p>A member on which a request waited gets the next turn if it asks in the moment that it is reserved for: without that, a
 * member with many requests of the session would always be the first to ask. A request that does not ask again takes a turn
 * that is only reserved.
 *
 * @param holder whose turn it is
 * @param number this turn's number, random; zero while it is nobody's and only reserved
 * @param until when it runs out, milliseconds by the owner's clock
 * @param next another member that has asked for it; the owner's alone, no copy has it
 */
public record Turn(
        TurnClaim holder, long number, long until, @Nullable UUID next) {
    /** How long a turn lasts that is not renewed: more than a long pause of a JVM, less than a request should wait. */
    public static final Duration LEASE = Duration.ofSeconds(10);

    /** For how long a turn is reserved: longer than those who wait pause between two questions. */
    static final Duration RESERVED = Duration.ofMillis(100);

    /** A turn that begins now. */
    static Turn at(long now, TurnClaim holder, long number) {
        return new Turn(holder, number, now + LEASE.toMillis(), null);
    }

    /** This turn, which goes on. */
    Turn renewed(long now, TurnClaim by) {
        return new Turn(by, number, now + LEASE.toMillis(), next);
    }

    /** This turn, for which a request of another member has asked in vain. */
    Turn wantedBy(UUID member) {
        return new Turn(holder, number, until, member);
    }

    /** What is left of it when it is over: null if nobody else has asked for it. */
    @Nullable
    Turn over(long now) {
        return next == null ? null : new Turn(new TurnClaim(0, next), 0, now + RESERVED.toMillis(), null);
    }

    boolean isOf(long token) {
        return holder.token() == token;
    }

    /** Whether that request may have the turn, again or in the place of the one that had it. */
    boolean isFreeFor(TurnQuestion question, long now, Predicate<UUID> isMember) {
        TurnClaim claim = question.claim();
        boolean reserved = number == 0 && (question.last() || holder.member().equals(claim.member()));
        return reserved || isOf(claim.token()) || now >= until || !isMember.test(holder.member());
    }

    void write(ObjectDataOutput out) throws IOException {
        holder.write(out);
        out.writeLong(number);
        out.writeLong(until);
    }

    static Turn read(ObjectDataInput in) throws IOException {
        return new Turn(TurnClaim.read(in), in.readLong(), in.readLong(), null);
    }
}
