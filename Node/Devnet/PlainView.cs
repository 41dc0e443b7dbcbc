using System.Globalization;
using EnergyChain.Node.Devnet.Report;

namespace EnergyChain.Node.Devnet;

/// <summary>One line for every settled slot and every fault: for logs and for terminals without cursor.</summary>
public sealed class PlainView(TextWriter output, TimeProvider time) : IDevnetView
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private int _slots;
    private int _faults;

    public async Task RunAsync(Func<DevnetSnapshot> take, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Period, time);
        try
        {
            do
            {
                Show(take());
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            Show(take());
        }
    }

    private void Show(DevnetSnapshot snapshot)
    {
        foreach (FaultRow fault in snapshot.Faults.Skip(_faults))
        {
            output.WriteLine($"fault   {fault.Kind} {fault.Name}: {fault.Reason}");
        }

        _faults = snapshot.Faults.Count;
        string of = snapshot.SlotCount is { } count ? $"/{count}" : string.Empty;
        foreach ((long index, string start, SlotFacts facts) in snapshot.Slots.Reverse())
        {
            if (index != _slots || !facts.IsSettled)
            {
                continue;
            }

            _slots++;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"slot {index + 1}{of}  {start}  height {snapshot.Height}  {snapshot.IntervalMs:0} ms  "
                + $"{facts.Orders} orders, {facts.Trades} trades, {facts.ClearedWh} Wh at "
                + $"{Money.Text(facts.ClearingPrice)} ENC/kWh, {facts.DeliveredWh} Wh delivered"));
        }
    }
}
