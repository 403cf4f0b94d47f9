package dev.loadstar.platform.security;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.loadstar.platform.settings.AdminSettings;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Who is who: the local administrator by password, tokens by their hash. At every start the administrator's password and
 * the token of the command line are what the settings and the files in the data directory say.
 */
final class Accounts implements UserDetailsService, InitializingBean {

    static final String PASSWORD_FILE = "admin-password";
    static final String TOKEN_FILE = "cli-token";

    private static final String CLI = "cli";

    private final TransactionOperations transactions;
    private final UserRows users;
    private final TokenRows tokens;
    private final PasswordEncoder passwords;
    private final AdminSettings admin;
    private final Path data;

    /** The tables, and what may change them. */
    record Tables(TransactionOperations transactions, UserRows users, TokenRows tokens) {}

    Accounts(Tables tables, PasswordEncoder passwords, AdminSettings admin, Path data) {
        this.transactions = tables.transactions;
        this.users = tables.users;
        this.tokens = tables.tokens;
        this.passwords = passwords;
        this.admin = admin;
        this.data = data;
    }

    @Override
    public void afterPropertiesSet() {
        String password =
                Optional.ofNullable(admin.password()).orElseGet(() -> Secrets.keptIn(data.resolve(PASSWORD_FILE)));
        String token = Secrets.keptIn(data.resolve(TOKEN_FILE));
        transactions.executeWithoutResult(status -> {
            keepAdmin(password);
            keepToken(Secrets.sha256(token));
        });
    }

    private void keepAdmin(String password) {
        users.findByName(admin.name())
                .ifPresentOrElse(
                        known -> {
                            if (!passwords.matches(password, known.password())) {
                                known.changePassword(passwords.encode(password));
                            }
                        },
                        () -> users.save(new UserRow(admin.name(), passwords.encode(password), true)));
    }

    private void keepToken(String hash) {
        tokens.findByName(CLI)
                .ifPresentOrElse(
                        known -> known.change(hash, admin.name()),
                        () -> tokens.save(new TokenRow(CLI, hash, admin.name())));
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return users.findByName(name)
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .authorities(authorities(user))
                        .build())
                .orElseThrow(() -> UsernameNotFoundException.fromUsername(name));
    }

    /** Whom the token acts as; empty for one that is not known. */
    Optional<Authentication> byToken(String token) {
        return tokens.findByHash(Secrets.sha256(token))
                .flatMap(known -> users.findByName(known.userName()))
                .map(Accounts::signedIn);
    }

    Authentication administrator() {
        return users.findByName(admin.name())
                .map(Accounts::signedIn)
                .orElseThrow(() -> new IllegalStateException("there is always an administrator"));
    }

    private static Authentication signedIn(UserRow user) {
        return UsernamePasswordAuthenticationToken.authenticated(user.name(), null, authorities(user));
    }

    private static List<GrantedAuthority> authorities(UserRow user) {
        return AuthorityUtils.createAuthorityList(user.isAdmin() ? "ROLE_ADMIN" : "ROLE_USER");
    }
}
