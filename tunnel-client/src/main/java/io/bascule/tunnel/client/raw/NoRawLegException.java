package io.bascule.tunnel.client.raw;

/** There is no way for a raw leg where one was tried; a leg of another kind may find one. */
public final class NoRawLegException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean lasting;

    /** @param lasting whether the next attempt would most likely meet the same */
    public NoRawLegException(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** Whether the next attempt would most likely meet the same. */
    public boolean isLasting() {
        return lasting;
    }
}
