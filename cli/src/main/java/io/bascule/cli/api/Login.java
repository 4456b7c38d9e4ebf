package io.bascule.cli.api;

/**
 * Where the API is and who calls it.
 *
 * @param url its address without a path
 * @param username who signed in; empty when only a token is known
 * @param tokenId the token's id, to revoke it; empty when unknown
 * @param token the secret itself
 */
public record Login(String url, String username, String tokenId, String token) {

    public Login {
        url = url.replaceAll("/+$", "");
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return username + " at " + url;
    }
}
