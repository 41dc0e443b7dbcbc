using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace EnergyChain.Processes.Links;

/// <summary>
/// Carries one direction of one connection: bytes leave in the order in which they came, each when its direction
/// lets it arrive; so do the end of the stream and a reset.
/// </summary>
internal sealed class LinkPump(Socket from, Socket to, LinkDirection direction)
{
    private const int ParcelBytes = 64 * 1024;

    // What may be under way at a time; a sender that is faster is slowed by TCP.
    private const int MaxParcels = 256;

    private readonly Channel<Parcel> _underWay =
        Channel.CreateBounded<Parcel>(new BoundedChannelOptions(MaxParcels) { SingleReader = true });

    private enum ParcelKind
    {
        Bytes,
        End,
        Reset,
    }

    /// <summary>Runs to the end of the direction; throws <see cref="SocketException"/> for a reset.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task reading = ReadAsync(stop.Token);
        try
        {
            await WriteAsync(stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        long sent = 0;
        try
        {
            while (true)
            {
                byte[] buffer = ArrayPool<byte>.Shared.Rent(ParcelBytes);
                int count = await from.ReceiveAsync(buffer, cancellation);
                ParcelKind kind = count > 0 ? ParcelKind.Bytes : ParcelKind.End;
                Parcel parcel = new(kind, buffer, count, direction.Arrival(count, ref sent));
                await _underWay.Writer.WriteAsync(parcel, cancellation);
                if (count == 0)
                {
                    return;
                }
            }
        }
        catch (SocketException)
        {
            _underWay.Writer.TryWrite(new Parcel(ParcelKind.Reset, [], 0, direction.Arrival(0, ref sent)));
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
        finally
        {
            _underWay.Writer.TryComplete();
        }
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        await foreach (Parcel parcel in _underWay.Reader.ReadAllAsync(cancellation))
        {
            await direction.ArriveAsync(parcel.Due, cancellation);
            switch (parcel.Kind)
            {
                case ParcelKind.Bytes:
                    await SendAsync(parcel, cancellation);
                    break;
                case ParcelKind.End:
                    to.Shutdown(SocketShutdown.Send);
                    return;
                default:
                    throw new SocketException((int)SocketError.ConnectionReset);
            }
        }
    }

    private async Task SendAsync(Parcel parcel, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> left = parcel.Buffer.AsMemory(0, parcel.Count);
        while (!left.IsEmpty)
        {
            left = left[await to.SendAsync(left, cancellation)..];
        }

        ArrayPool<byte>.Shared.Return(parcel.Buffer);
    }

    private readonly record struct Parcel(ParcelKind Kind, byte[] Buffer, int Count, long Due);
}
