package io.bascule.api.identity.users;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The users of the caller's workspace. */
@RestController
@RequestMapping(path = "/api/{version}/users", version = "1")
class UserController {

    private final Users users;
    private final CreateUser createUser;

    UserController(Users users, CreateUser createUser) {
        this.users = users;
        this.createUser = createUser;
    }

    /**
     * A user to add.
     *
     * @param username letters, digits and {@code . _ @ -}
     * @param password at least 8 characters
     */
    record NewUser(
            @NotNull
            @Size(min = 1, max = 128)
            @Pattern(regexp = "[\\p{L}\\p{N}._@-]*", message = "use letters, digits and . _ @ - only")
            String username,

            @NotNull @Size(min = 8, max = 256) String password,
            @NotNull Role role) {

        @Override
        public String toString() {
            return "NewUser[" + username + ", " + role + "]";
        }
    }

    /** All users; a workspace has few enough for one page. */
    record UserList(List<User> items) {}

    @GetMapping
    @Operation(summary = "List the workspace's users")
    UserList list(Caller caller) {
        caller.require(Role.ADMIN);
        return new UserList(users.list(caller.workspace()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add a user to the workspace")
    User create(Caller caller, @Valid @RequestBody NewUser user) {
        return createUser.create(caller, user.username(), user.password(), user.role());
    }
}
