using System.Globalization;

namespace EnergyChain.Node.Network.Judgement;

/// <summary>
/// Bans with their expiry, kept in a file so that a restart lets nobody in again. Each ban of the same subject lasts
/// twice as long as the one before, up to a day, until it has been quiet for a day. Bounded: when full, the ban that
/// ends first goes. Thread-safe.
/// </summary>
internal sealed class BanList
{
    public const string FileName = "bans.txt";

    private const string Title = "energychain-bans";
    private const int MaxBans = 4_096;
    private const long MostMs = 24 * 3_600_000L;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ban> _bans = [];
    private readonly LinesFile? _file;
    private readonly BanOrders? _orders;
    private readonly long _firstMs;
    private readonly TimeProvider _time;
    private long _appliedOrder;
    private bool _isDirty;

    public BanList(NetworkOptions options, TimeProvider time, ILogger<BanList> logger)
    {
        _firstMs = options.BanMs;
        _time = time;
        if (options.StateFolder.Length == 0)
        {
            return;
        }

        _file = new LinesFile(Path.Combine(options.StateFolder, FileName), Title, logger);
        _orders = new BanOrders(options.StateFolder);
        foreach (string line in _file.Load())
        {
            Load(line);
        }
    }

    /// <summary>The bans that a node has written, for who only looks.</summary>
    public static IReadOnlyList<Ban> ReadFile(string folder) =>
        [.. new LinesFile(Path.Combine(folder, FileName), Title, null).Load().Select(Parse).OfType<Ban>()];

    /// <summary>Bans in force.</summary>
    public IReadOnlyList<Ban> InForce
    {
        get
        {
            lock (_lock)
            {
                long now = NowMs();
                return [.. _bans.Values.Where(ban => ban.UntilMs > now).OrderBy(ban => ban.UntilMs)];
            }
        }
    }

    public bool Contains(string subject)
    {
        lock (_lock)
        {
            return _bans.TryGetValue(subject, out Ban? ban) && ban.UntilMs > NowMs();
        }
    }

    /// <summary>Bans for as long as it is due.</summary>
    public Ban Add(string subject, string reason)
    {
        lock (_lock)
        {
            long now = NowMs();
            int times = _bans.TryGetValue(subject, out Ban? last) && now < last.UntilMs + MostMs ? last.Times + 1 : 1;
            long length = Math.Min(_firstMs << Math.Min(times - 1, 16), MostMs);
            return Put(new Ban(subject, now + length, times, reason));
        }
    }

    /// <summary>
    /// Follows what the operator ordered since, and writes the file where anything has changed. The subjects that were
    /// pardoned, and those that were banned.
    /// </summary>
    public (IReadOnlyList<string> Pardoned, IReadOnlyList<string> Banned) Refresh()
    {
        List<string> pardoned = [];
        List<string> banned = [];
        lock (_lock)
        {
            foreach (BanOrder order in _orders?.After(_appliedOrder) ?? [])
            {
                _appliedOrder = order.AtMs;
                if (order.UntilMs is { } until)
                {
                    Put(new Ban(order.Subject, until, 1, "operator"));
                    banned.Add(order.Subject);
                }
                else
                {
                    _bans.Remove(order.Subject);
                    pardoned.Add(order.Subject);
                }

                _isDirty = true;
            }

            if (_isDirty && _file is not null)
            {
                _isDirty = !_file.TrySave([$"order {_appliedOrder}", .. _bans.Values.Select(ToLine)]);
            }
        }

        return (pardoned, banned);
    }

    private static string ToLine(Ban ban) => string.Create(
        CultureInfo.InvariantCulture, $"{ban.Subject} {ban.UntilMs} {ban.Times} {ban.Reason}");

    private static Ban? Parse(string line) => line.Split(' ', 4) is [var subject, var until, var times, var reason]
        && long.TryParse(until, CultureInfo.InvariantCulture, out long untilMs)
        && int.TryParse(times, CultureInfo.InvariantCulture, out int count)
            ? new Ban(subject, untilMs, count, reason)
            : null;

    private void Load(string line)
    {
        if (Parse(line) is { } ban)
        {
            if (ban.UntilMs + MostMs > NowMs())
            {
                _bans[ban.Subject] = ban;
            }
        }
        else if (line.Split(' ') is ["order", var order]
            && long.TryParse(order, CultureInfo.InvariantCulture, out long applied))
        {
            _appliedOrder = applied;
        }
    }

    private Ban Put(Ban ban)
    {
        if (!_bans.ContainsKey(ban.Subject) && _bans.Count >= MaxBans)
        {
            _bans.Remove(_bans.MinBy(each => each.Value.UntilMs).Key);
        }

        _bans[ban.Subject] = ban;
        _isDirty = true;
        return ban;
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
