using System.Security.Cryptography;
using EnergyChain.Node.Network.Judgement;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Addresses of relays, after Bitcoin's address manager in a small form. New ones lie in buckets chosen by who told of
/// them: one source reaches a few of the buckets and cannot fill the book. Those that answered lie in buckets chosen by
/// their own range of addresses. Which bucket is secret. Kept in a file. Thread-safe.
/// </summary>
internal sealed class AddressBook
{
    public const string FileName = "addresses.txt";

    private const string Title = "energychain-addresses";
    private const int ForgottenAfterFailures = 8;
    private const int ReplacedAfterFailures = 2;

    private readonly Lock _lock = new();
    private readonly AddressBuckets _new = new(buckets: 48, perGroup: 6);
    private readonly AddressBuckets _tried = new(buckets: 16, perGroup: 4);
    private readonly LinesFile? _file;
    private bool _isDirty;

    public AddressBook(NetworkOptions options, ILogger<AddressBook> logger)
    {
        if (options.StateFolder.Length > 0)
        {
            _file = new LinesFile(Path.Combine(options.StateFolder, FileName), Title, logger);
            foreach (string[] words in _file.Load().Select(line => line.Split(' ')))
            {
                if (words is [var kind, var endpoint, var source] && PeerAddress.TryParse(endpoint, out _))
                {
                    Put(kind == "tried" ? _tried : _new, new KnownAddress(endpoint, source));
                }
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _new.Count + _tried.Count;
            }
        }
    }

    /// <summary>Takes in an address that a source told of; its own word where it told of itself.</summary>
    public void Add(PeerAddress address, string source)
    {
        lock (_lock)
        {
            if (_tried.TryFind(address.Endpoint, out _) || _new.TryFind(address.Endpoint, out _))
            {
                return;
            }

            _isDirty |= Put(_new, new KnownAddress(address.Endpoint, source));
        }
    }

    public void OnFailed(string endpoint)
    {
        lock (_lock)
        {
            AddressBuckets table = _tried.TryFind(endpoint, out KnownAddress? known) ? _tried : _new;
            if (known is null && !_new.TryFind(endpoint, out known))
            {
                return;
            }

            known.Failures++;
            if (known.Failures >= ForgottenAfterFailures)
            {
                table.Remove(endpoint);
                _isDirty = true;
            }
        }
    }

    /// <summary>It answered, and proved to be of this chain.</summary>
    public void OnLinked(string endpoint)
    {
        lock (_lock)
        {
            if (_tried.TryFind(endpoint, out KnownAddress? known))
            {
                known.Failures = 0;
            }
            else if (_new.TryFind(endpoint, out known))
            {
                known.Failures = 0;
                if (Put(_tried, known))
                {
                    _new.Remove(endpoint);
                    _isDirty = true;
                }
            }
        }
    }

    /// <summary>
    /// Addresses to dial, those that answered and new ones in turn, each in random order and those that fail least
    /// first: a book full of an attacker's addresses still gives the old ones every other turn.
    /// </summary>
    public IReadOnlyList<PeerAddress> Candidates()
    {
        lock (_lock)
        {
            KnownAddress[] tried = Shuffled(_tried);
            KnownAddress[] fresh = Shuffled(_new);
            List<PeerAddress> candidates = [];
            for (int i = 0; i < Math.Max(tried.Length, fresh.Length); i++)
            {
                foreach (KnownAddress[] table in (KnownAddress[][])[tried, fresh])
                {
                    if (i < table.Length && PeerAddress.TryParse(table[i].Endpoint, out PeerAddress? address))
                    {
                        candidates.Add(address);
                    }
                }
            }

            return candidates;
        }
    }

    /// <summary>Addresses that answered, to tell to others; at most <paramref name="count"/>.</summary>
    public IReadOnlyList<string> Answered(int count)
    {
        lock (_lock)
        {
            return [.. Shuffled(_tried).Where(each => each.Failures == 0).Take(count).Select(each => each.Endpoint)];
        }
    }

    /// <summary>Writes the file where the book has changed.</summary>
    public void Save()
    {
        lock (_lock)
        {
            if (_isDirty && _file is not null)
            {
                _isDirty = !_file.TrySave(
                [
                    .. _tried.All.Select(each => $"tried {each.Endpoint} {each.Source}"),
                    .. _new.All.Select(each => $"new {each.Endpoint} {each.Source}"),
                ]);
            }
        }
    }

    private static KnownAddress[] Shuffled(AddressBuckets table)
    {
        KnownAddress[] all = [.. table.All];
        RandomNumberGenerator.Shuffle(all.AsSpan());
        return [.. all.OrderBy(each => each.Failures)];
    }

    private bool Put(AddressBuckets table, KnownAddress address)
    {
        string group = ReferenceEquals(table, _new) ? address.Source : address.Group;
        return table.TryPut(address, group, ReplacedAfterFailures);
    }
}
