package io.bascule.runner.cgroup;

/** This runner may not make control groups, or could not keep limits with them. The message says why, without a full stop. */
public class CgroupsUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    CgroupsUnavailableException(String why) {
        super(why);
    }

    CgroupsUnavailableException(String why, Throwable cause) {
        super(why, cause);
    }
}
