package io.flotilla.sessions.internal.store;

/** Who hears of sessions that become somebody's, or somebody else's. */
public interface PrincipalMoves {
    /** Nobody. */
    PrincipalMoves UNHEARD = new PrincipalMoves() {
        @Override
        public void before(String key, PrincipalMove move) {}

        @Override
        public void after(String key, PrincipalMove move) {}
    };

    /** It is about to be stored. */
    void before(String key, PrincipalMove move);

    /** It is stored. */
    void after(String key, PrincipalMove move);
}
