using System.Net;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// The connections at the peer port, bounded in total and for each host before any work is done for them. Strangers
/// have few places, and the oldest gives way to a new one: an honest handshake is over in a moment, so who fills the
/// places pushes out its own connections. Thread-safe.
/// </summary>
internal sealed class StrangerTable(NetworkOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<PeerConnection> _strangers = [];
    private readonly Dictionary<PeerConnection, LinkedListNode<PeerConnection>> _nodes = [];
    private readonly Dictionary<IPAddress, int> _perHost = [];

    public int Strangers
    {
        get
        {
            lock (_lock)
            {
                return _strangers.Count;
            }
        }
    }

    /// <summary>Takes a connection in; false where its host has as many as it may.</summary>
    /// <param name="connection">The newcomer.</param>
    /// <param name="evicted">A stranger that gave way; the caller ends it.</param>
    public bool TryAdd(PeerConnection connection, out PeerConnection? evicted)
    {
        evicted = null;
        IPAddress host = connection.Host;
        lock (_lock)
        {
            int held = _perHost.GetValueOrDefault(host);
            bool limited = !options.IsExempt(connection.Address);
            if (limited && held >= options.MaxConnectionsPerHost)
            {
                return false;
            }

            if (limited && CountOf(host) >= options.MaxPendingPerHost)
            {
                evicted = OldestOf(host);
            }
            else if (_strangers.Count >= options.MaxPendingHandshakes)
            {
                evicted = OldestOf(BusiestHost());
            }

            if (evicted is not null)
            {
                Forget(evicted);
            }

            _perHost[host] = held + 1;
            _nodes[connection] = _strangers.AddLast(connection);
            return true;
        }
    }

    /// <summary>Its key is proven: it is no stranger's any more. False where it was ended a moment before.</summary>
    public bool TryAdmit(PeerConnection connection)
    {
        lock (_lock)
        {
            Forget(connection);
            return connection.TryAdmit();
        }
    }

    /// <summary>It is over.</summary>
    public void Remove(PeerConnection connection)
    {
        lock (_lock)
        {
            Forget(connection);
            int held = _perHost.GetValueOrDefault(connection.Host) - 1;
            if (held > 0)
            {
                _perHost[connection.Host] = held;
            }
            else
            {
                _perHost.Remove(connection.Host);
            }
        }
    }

    private int CountOf(IPAddress host) => _strangers.Count(each => each.Host.Equals(host));

    private PeerConnection OldestOf(IPAddress host) => _strangers.First(each => each.Host.Equals(host));

    private IPAddress BusiestHost() => _strangers.CountBy(each => each.Host).MaxBy(each => each.Value).Key;

    private void Forget(PeerConnection connection)
    {
        if (_nodes.Remove(connection, out LinkedListNode<PeerConnection>? node))
        {
            _strangers.Remove(node);
        }
    }
}
