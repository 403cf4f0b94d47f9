package dev.loadstar.architecture.broken.reporting;

import jakarta.persistence.Entity;

/** Breaks: JPA outside platform-api. */
@Entity
class EntityUser {}
