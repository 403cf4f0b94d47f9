package dev.loadstar.platform.security;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/** Table {@code platform.api_token}. */
interface TokenRows extends Repository<TokenRow, Long> {

    TokenRow save(TokenRow token);

    Optional<TokenRow> findByName(String name);

    Optional<TokenRow> findByHash(String hash);
}
