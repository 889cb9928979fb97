mod delivery;
mod server;
mod templates;
