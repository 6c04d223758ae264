package io.flotilla.cache.internal.page;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request for a page: from the cache, or from the servlet. */
final class PageAnswer {
    private static final Logger log = LoggerFactory.getLogger(PageAnswer.class);
    private static final CacheControl NOTHING_SAID = CacheControl.of(List.of());

    private final Served served;
    private final Exchange exchange;
    private final CacheControl directives;
    private final String primary;
    private @Nullable String awaited;

    PageAnswer(Served served, Exchange exchange) {
        this.served = served;
        this.exchange = exchange;
        this.directives = directives(served.settings(), exchange);
        this.primary = served.pages().keyOf(exchange.request());
    }

    /** {@code Pragma} counts where there is no {@code Cache-Control} (RFC 9111, section 5.4). */
    private static CacheControl directives(PageSettings settings, Exchange exchange) {
        var request = exchange.request();
        if (settings.ignoresClients()) {
            return NOTHING_SAID;
        }
        boolean isOld = request.getHeader(CacheControl.NAME) == null;
        return CacheControl.of(Collections.list(request.getHeaders(isOld ? "Pragma" : CacheControl.NAME)));
    }

    void give() throws IOException, ServletException {
        Pages.Place place = served.pages().find(primary, exchange.request());
        while (!given(place)) {
            place = served.pages().find(primary, exchange.request());
        }
    }

    /** Answers; false to look again. */
    private boolean given(Pages.Place place) throws IOException, ServletException {
        if (place.stored() instanceof Stored.Page page && isFor(page)) {
            return given(place, page);
        }
        if (directives.has("only-if-cached")) {
            refuse();
            return true;
        }
        if (exchange.isHead() || directives.has("no-store")) {
            return loadAlone(place);
        }
        if (place.stored() != null) { // a page for others, or none that may be stored: nobody waits
            return reload(place, PageLoad.Purpose.CLIENT, null, null);
        }
        return inTurn(place, null);
    }

    /** RFC 9111, section 3.5. */
    private boolean isFor(Stored.Page page) {
        return exchange.request().getHeader("Authorization") == null
                || page.freshness().forAuthorized();
    }

    private boolean given(Pages.Place place, Stored.Page page) throws IOException, ServletException {
        Freshness.Use use = page.freshness().use(now(), directives);
        switch (use) {
            case FRESH -> send(page, Result.HIT);
            case STALE -> send(page, Result.STALE);
            case REVALIDATE_BEHIND -> {
                send(page, Result.STALE);
                revalidateBehind(place);
            }
            case RELOAD_OR_STALE, RELOAD -> {
                return renewed(place, use == Freshness.Use.RELOAD ? null : page);
            }
        }
        return true;
    }

    private boolean renewed(Pages.Place place, Stored.@Nullable Page stale) throws IOException, ServletException {
        if (directives.has("only-if-cached")) {
            refuse();
            return true;
        }
        if (exchange.isHead() || directives.has("no-store")) {
            return loadAlone(place);
        }
        boolean forced = directives.has("no-cache") || directives.has("max-age") || directives.has("min-fresh");
        return forced ? reload(place, purpose(stale), stale, null) : inTurn(place, stale);
    }

    private static PageLoad.Purpose purpose(Stored.@Nullable Page stale) {
        return stale == null ? PageLoad.Purpose.CLIENT : PageLoad.Purpose.CLIENT_WITH_STALE;
    }

    /** RFC 9111, section 5.2.1.7. */
    private void refuse() throws IOException {
        count(Result.MISS);
        exchange.response().setHeader(Result.HEADER, Result.MISS.name());
        exchange.response().sendError(HttpServletResponse.SC_GATEWAY_TIMEOUT);
    }

    /** Of this member's threads one loads at a time. Whoever has waited once, and finds nothing, waits no more. */
    private boolean inTurn(Pages.Place place, Stored.@Nullable Page stale) throws IOException, ServletException {
        if (place.key().equals(awaited)) {
            return reload(place, purpose(stale), stale, null);
        }
        Pages.Turn turn = served.pages().turn(place.key());
        if (turn == null) {
            served.pages().awaitTurn(place.key());
            awaited = place.key();
            return false;
        }
        try (turn) {
            return place.stored() == null ? load(place, turn) : reload(place, purpose(stale), stale, turn);
        }
    }

    /** Loads what is not there. Another member may have done so meanwhile: then the servlet is not called. */
    private boolean load(Pages.Place place, Pages.Turn turn) throws IOException, ServletException {
        PageLoad load = new PageLoad(served, exchange, place, PageLoad.Purpose.CLIENT, turn);
        served.pages().load(place.key(), load);
        if (!load.hasRun()) {
            awaited = place.key();
            return false;
        }
        turn.close();
        return finished(load, null);
    }

    private boolean reload(
            Pages.Place place, PageLoad.Purpose purpose, Stored.@Nullable Page stale, Pages.@Nullable Turn turn)
            throws IOException, ServletException {
        PageLoad load = new PageLoad(served, exchange, place, purpose, turn);
        if (place.stored() != null) {
            served.pages().refresh(place.key(), load);
        }
        if (!load.hasRun()) {
            load.run();
        }
        if (turn != null) {
            turn.close();
        }
        return finished(load, stale);
    }

    /** For this client only, and as it wants it. */
    private boolean loadAlone(Pages.Place place) throws IOException, ServletException {
        PageLoad load = new PageLoad(served, exchange, place, PageLoad.Purpose.CLIENT, null);
        load.recording().handOver();
        count(Result.MISS);
        exchange.chain().doFilter(exchange.request(), load.recording());
        return true;
    }

    private boolean finished(PageLoad load, Stored.@Nullable Page stale) throws IOException, ServletException {
        Stored.Page page = load.page();
        if (page != null) {
            send(page, Result.MISS);
        } else if (stale != null && load.isUseless()) {
            send(stale, Result.STALE);
        } else {
            count(Result.MISS);
            rethrow(load.failure());
            load.recording().handOver();
        }
        return true;
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException, ServletException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof ServletException servlet) {
            throw servlet;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    /** The client has all of its page, and this thread goes on with the next one (RFC 5861, section 3). */
    private void revalidateBehind(Pages.Place place) throws IOException {
        exchange.response().flushBuffer();
        Pages.Turn turn = served.pages().turn(place.key());
        if (turn == null) {
            return;
        }
        try (turn) {
            PageLoad load = new PageLoad(served, exchange, place, PageLoad.Purpose.LATER, turn);
            served.pages().refresh(place.key(), load);
            if (load.failure() instanceof Error error) {
                throw error;
            }
            if (load.failure() != null) {
                log.debug("a stale page could not be made anew", load.failure());
            }
        }
    }

    private void send(Stored.Page page, Result result) throws IOException {
        count(result);
        new PageSender(exchange.request(), exchange.response()).send(page, result, now());
    }

    private void count(Result result) {
        served.meters().count(result);
    }

    private long now() {
        return served.clock().millis();
    }
}
