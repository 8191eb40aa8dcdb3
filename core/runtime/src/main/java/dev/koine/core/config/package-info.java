/** Configuration: TOML files in layers, checked as a whole, edited with every other byte left alone. */
package dev.koine.core.config;
