using System.Globalization;

namespace EnergyChain.Node.Network.Judgement;

/// <summary>
/// The operator's orders in a file beside the bans: the command line writes it, the node reads it. Who may write in the
/// data directory may give orders; the public API takes none.
/// </summary>
internal sealed class BanOrders(string folder)
{
    public const string FileName = "ban-orders.txt";

    private const string Title = "energychain-ban-orders";
    private const int Kept = 256;

    private readonly string _path = Path.Combine(folder, FileName);
    private DateTime _read;

    /// <summary>Orders above a number, where the file has changed since the last look.</summary>
    public IReadOnlyList<BanOrder> After(long number)
    {
        DateTime written = File.GetLastWriteTimeUtc(_path);
        if (written == _read)
        {
            return [];
        }

        _read = written;
        return [.. Load().Where(order => order.AtMs > number)];
    }

    /// <summary>Adds an order. Throws <see cref="IOException"/> where the file cannot be written.</summary>
    public void Add(BanOrder order)
    {
        List<BanOrder> orders = [.. Load()];
        long number = Math.Max(order.AtMs, orders.Select(each => each.AtMs).DefaultIfEmpty().Max() + 1);
        orders.Add(order with { AtMs = number });
        new LinesFile(_path, Title, null).Save(orders.TakeLast(Kept).Select(ToLine));
    }

    private static string ToLine(BanOrder order) => string.Create(
        CultureInfo.InvariantCulture, $"{order.AtMs} {order.Subject} {order.UntilMs ?? 0}");

    private IEnumerable<BanOrder> Load() =>
        from line in new LinesFile(_path, Title, null).Load()
        let words = line.Split(' ')
        where words.Length == 3
        select new BanOrder(
            long.Parse(words[0], CultureInfo.InvariantCulture),
            words[1],
            words[2] == "0" ? null : long.Parse(words[2], CultureInfo.InvariantCulture));
}
