# frozen_string_literal: true

# The channel of a CarbonChat installation as the contract (§5) has it: who knows a token hears its stream, everybody
# else meets silence. Knows no transport and no control.

# The tokens that exist, as the installation's database would know them.
module Tokens
  @known = Set.new
  @lock = Mutex.new

  class << self
    def add(token) = @lock.synchronize { @known.add(token) }
    def forget(token) = @lock.synchronize { @known.delete(token) }

    # Raises where a record would not be found.
    def find!(token)
      @lock.synchronize { @known.include?(token) } ? token : raise("there is no token #{token.inspect}")
    end
  end
end

class RoomChannel < ActionCable::Channel::Base
  # An unknown token raises: the framework logs that and answers nothing, neither a confirmation nor a rejection.
  def subscribed
    @token = Tokens.find!(params[:pubsub_token])
    stream_from @token
    update_presence
  end

  # Published, not answered: every subscription of the token hears it.
  def update_presence
    ActionCable.server.broadcast(@token, { event: 'presence.update', data: { account_id: 1, users: {} } })
  end
end

# As on a CarbonChat installation: nobody is asked who they are.
class OpenConnection < ActionCable::Connection::Base
end

# A connection that is sent away, with the framework's own words for it.
class RefusingConnection < ActionCable::Connection::Base
  def connect
    reject_unauthorized_connection
  end
end
