package io.flotilla.cache.internal.page;

import io.flotilla.cache.CacheLoader;
import io.flotilla.cache.Load;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of the servlet for a page. Runs once, on the request's own thread. */
final class PageLoad implements CacheLoader<String, Stored>, PageResponse.Audience {
    private static final Logger log = LoggerFactory.getLogger(PageLoad.class);

    /** What a stale page may stand in for (RFC 5861, section 4). */
    private static final Set<Integer> ERRORS = Set.of(500, 502, 503, 504);

    private static final int FIRST_SERVER_ERROR = 500;

    private final Served served;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final FilterChain chain;
    private final Pages.Place place;
    private final Purpose purpose;
    private final Pages.@Nullable Turn turn;
    private final PageResponse recording;
    private final PageRequest asked;
    private boolean hasRun;
    private boolean hasEnded;
    private boolean isMarked;
    private long begun;
    private Stored.@Nullable Page page;
    private @Nullable Throwable failure;

    /** What a page is loaded for. */
    enum Purpose {
        /** For the client, who gets whatever comes. */
        CLIENT,
        /** For the client, for whom there is a stale page if an error comes. */
        CLIENT_WITH_STALE,
        /** For later ones: the client has its page. */
        LATER
    }

    /**
     * @param turn ends when there is no point in waiting for this any more; null if nobody waits
     */
    PageLoad(Served served, Exchange exchange, Pages.Place place, Purpose purpose, Pages.@Nullable Turn turn) {
        this.served = served;
        this.request = exchange.request();
        this.response = exchange.response();
        this.chain = exchange.chain();
        this.place = place;
        this.purpose = purpose;
        this.turn = turn;
        this.recording = new PageResponse(response, this);
        this.asked = new PageRequest(request, recording, purpose == Purpose.LATER);
    }

    Pages.Place place() {
        return place;
    }

    boolean hasRun() {
        return hasRun;
    }

    /** The page, if the response may be stored. */
    Stored.@Nullable Page page() {
        return page;
    }

    /** What the servlet has thrown. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Whether the client has nothing of this response, and better gets a stale page. */
    boolean isUseless() {
        return response.isCommitted() ? false : failure != null || isUseless(recording.recorded().status);
    }

    PageResponse recording() {
        return recording;
    }

    String[] tags() {
        return recording.tags().toArray(String[]::new);
    }

    @Override
    public @Nullable Stored load(String key, Load<Stored> load) {
        run();
        Stored stored = toStore(load);
        if (stored == null) {
            load.doNotStore();
        }
        return stored;
    }

    private @Nullable Stored toStore(Load<Stored> load) {
        Stored.Page made = page;
        if (made == null) {
            return marker(load);
        }
        try {
            load.tags(tags());
            Stored stored = served.pages().place(made, this, request);
            if (stored != null) {
                load.ttl(Pages.ttlOf(stored));
            }
            return stored;
        } catch (IllegalArgumentException badTags) {
            log.warn("a page is not stored because of its tags: {}", badTags.getMessage());
            return null;
        }
    }

    private @Nullable Stored marker(Load<Stored> load) {
        if (isMarked || !isToBeMarked()) {
            return null;
        }
        isMarked = true;
        load.ttl(served.settings().notStorableFor());
        return new Stored.NotStorable();
    }

    /** Only where nothing is: an error is soon over, and a page that is there may do for others. */
    private boolean isToBeMarked() {
        return turn != null && place.stored() == null && failure == null && recording.getStatus() < FIRST_SERVER_ERROR;
    }

    /** Calls the servlet. What it throws is kept. */
    void run() {
        hasRun = true;
        begun = served.clock().millis();
        try {
            chain.doFilter(asked, recording);
            if (recording.isRecording()) {
                Recorded recorded = recording.recorded();
                Freshness freshness = freshness(recorded);
                page = freshness == null ? null : PageMaker.page(recorded, freshness);
            }
        } catch (IOException | ServletException | RuntimeException | Error thrown) {
            failure = thrown;
        }
        hasEnded = true;
    }

    private @Nullable Freshness freshness(Recorded recorded) {
        boolean isError = purpose != Purpose.CLIENT && ERRORS.contains(recorded.status); // never in place of a page
        if (isError || !recorded.isWhole() || recorded.isPersonal() || asked.hasNewSession()) {
            return null;
        }
        StoringRules.Asked what = new StoringRules.Asked(
                request.getHeader("Authorization") != null,
                CacheControl.of(Collections.list(request.getHeaders(CacheControl.NAME)))
                        .has("no-store"),
                asked.usesSession());
        return served.rules().freshness(what, recorded.status, recorded.head(), begun);
    }

    @Override
    public int limit() {
        return served.settings().maxBodySize();
    }

    @Override
    public String tagsHeader() {
        return served.settings().tagsHeader();
    }

    @Override
    public boolean isStorable(Recorded recorded) {
        return freshness(recorded) != null;
    }

    @Override
    public boolean isUseless(int status) {
        return purpose == Purpose.LATER || (purpose == Purpose.CLIENT_WITH_STALE && ERRORS.contains(status));
    }

    @Override
    public void notStorable(HttpServletResponse client) {
        if (purpose != Purpose.LATER) {
            client.setHeader(Result.HEADER, Result.MISS.name());
        }
        if (turn == null || hasEnded) {
            return;
        }
        if (isToBeMarked()) {
            isMarked = true;
            served.pages().markNotStorable(place.key());
        }
        turn.close();
    }
}
