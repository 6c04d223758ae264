package io.flotilla.cache.internal.page;

import java.time.InstantSource;

/** What all requests to one page cache have in common. */
record Served(Pages pages, PageSettings settings, StoringRules rules, InstantSource clock, PageMeters meters) {}
