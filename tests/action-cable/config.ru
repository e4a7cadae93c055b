# frozen_string_literal: true

# A real Action Cable server for tests: /cable is the framework's own, /cable-unauthorized sends everybody away, and
# /control does to it what tests ask for. Listens on loopback only; ends when its standard input does.

require 'json'
require 'logger'
require 'set'
require 'active_support'
require 'active_support/core_ext'
require 'action_cable'
require_relative 'room_channel'

Thread.new do
  $stdin.read
  exit!
end

def set_up(config, connection_class)
  config.cable = { 'adapter' => 'async' }
  config.logger = Logger.new(nil)
  config.disable_request_forgery_protection = true
  config.connection_class = -> { connection_class }
  config
end

set_up(ActionCable.server.config, OpenConnection)
refusing = ActionCable::Server::Base.new(config: set_up(ActionCable::Server::Configuration.new, RefusingConnection))

# After a restart the framework still lists connections that are closed.
def open_connections
  ActionCable.server.connections.select { |connection| connection.send(:websocket).alive? }
end

VERBS = {
  'addToken' => ->(asked) { Tokens.add(asked['token']) && nil },
  'forgetToken' => ->(asked) { Tokens.forget(asked['token']) && nil },
  'broadcast' => lambda { |asked|
    asked['messages'].each { |one| ActionCable.server.broadcast(one['token'], one['message']) }
    nil
  },
  'restart' => ->(_) { ActionCable.server.restart && nil },
  'closeAll' => lambda { |asked|
    open_connections.each { |one| one.close(reason: asked['reason'], reconnect: asked['reconnect']) }
    nil
  },
  'connections' => ->(_) { open_connections.length }
}.freeze

control = lambda do |env|
  verb = VERBS[env['PATH_INFO'].delete_prefix('/')]
  next [404, { 'content-type' => 'text/plain' }, ['no such verb']] unless verb && env['REQUEST_METHOD'] == 'POST'

  value = verb.call(JSON.parse(env['rack.input'].read))
  [200, { 'content-type' => 'application/json' }, [JSON.generate({ value: value })]]
end

map('/cable') { run ActionCable.server }
map('/cable-unauthorized') { run refusing }
map('/control') { run control }
