package dev.loadstar.platform.security;

import java.util.Optional;

import org.springframework.data.repository.Repository;

/** Table {@code platform.app_user}. */
interface UserRows extends Repository<UserRow, Long> {

    UserRow save(UserRow user);

    Optional<UserRow> findByName(String name);
}
