using EnergyChain.Node.Network.Wire;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EnergyChain.Node.Tests.Network;

/// <summary>
/// Makes every small structural change to a frame that a decoder could stumble over: each number at its edges, each
/// list empty, doubled, reversed and long, each byte string empty, cut, grown and flipped; then flips raw bytes.
/// </summary>
internal static class FrameMutator
{
    private const int FlipsPerString = 24;
    private const int RawFlips = 24;
    private const int LongList = 3_000;

    public static IEnumerable<Frame> Mutants(Frame valid, Random random)
    {
        foreach (Action<IMessage> change in Changes(valid, random))
        {
            Frame mutant = valid.Clone();
            change(mutant);
            yield return mutant;
        }

        byte[] bytes = valid.ToByteArray();
        for (int i = 0; i < RawFlips && bytes.Length > 0; i++)
        {
            byte[] flipped = [.. bytes];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            if (TryParse(flipped) is { } mutant)
            {
                yield return mutant;
            }
        }
    }

    // What the envelope's own decoder refuses ends the link below the frames.
    private static Frame? TryParse(byte[] bytes)
    {
        try
        {
            return Frame.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static IEnumerable<Action<IMessage>> Changes(IMessage message, Random random)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            IFieldAccessor accessor = field.Accessor;
            bool inOneof = field.ContainingOneof is not null;
            if (inOneof && !accessor.HasValue(message))
            {
                continue;
            }

            yield return target => accessor.Clear(target);
            IEnumerable<Action<IMessage>> changes = field switch
            {
                { IsRepeated: true } => OfList(accessor, message, random),
                { FieldType: FieldType.Message } => Changes((IMessage)accessor.GetValue(message), random)
                    .Select(change => (Action<IMessage>)(target => change((IMessage)accessor.GetValue(target)))),
                _ => Values(accessor.GetValue(message), random)
                    .Select(value => (Action<IMessage>)(target => accessor.SetValue(target, value))),
            };
            foreach (Action<IMessage> change in changes)
            {
                yield return change;
            }
        }
    }

    private static IEnumerable<Action<IMessage>> OfList(IFieldAccessor accessor, IMessage message, Random random)
    {
        object[] items = [.. ((System.Collections.IList)accessor.GetValue(message)).Cast<object>()];
        if (items.Length == 0)
        {
            yield break;
        }

        yield return target => Replace(target, [.. items, .. items]);
        yield return target => Replace(target, [.. items.Reverse()]);
        yield return target => Replace(target, items[1..]);
        yield return target => Replace(target, [.. Enumerable.Repeat(items[0], LongList)]);
        int index = random.Next(items.Length);
        foreach (object value in Values(items[index], random))
        {
            yield return target => Replace(target, [.. items[..index], value, .. items[(index + 1)..]]);
        }

        void Replace(IMessage target, IReadOnlyList<object> values)
        {
            System.Collections.IList list = (System.Collections.IList)accessor.GetValue(target);
            list.Clear();
            foreach (object value in values)
            {
                list.Add(value);
            }
        }
    }

    private static IEnumerable<object> Values(object value, Random random) => value switch
    {
        ulong number => [0UL, 1UL, unchecked(number - 1), unchecked(number + 1), ulong.MaxValue, 1UL << 63],
        uint number => [0U, 1U, unchecked(number - 1), unchecked(number + 1), uint.MaxValue, 1U << 31],
        string text => ["", text + text, "[", "::", ":0", "\0", new string('a', 5_000), "1.2.3.4:99999", "@a:1"],
        ByteString bytes => OfBytes(bytes.ToByteArray(), random).Select(ByteString.CopyFrom),
        _ => [],
    };

    private static IEnumerable<byte[]> OfBytes(byte[] bytes, Random random)
    {
        yield return [];
        yield return [.. bytes, 0];
        yield return [.. bytes, .. bytes];
        yield return [.. Enumerable.Repeat((byte)0xFF, Math.Max(bytes.Length, 1))];
        yield return new byte[Math.Max(bytes.Length, 1)];
        for (int i = 0; i < FlipsPerString && bytes.Length > 0; i++)
        {
            yield return bytes[..random.Next(bytes.Length)];
            byte[] changed = [.. bytes];

            // Lengths, variants and indexes of canonical bytes stand near the front as often as anywhere.
            int at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Length, 16)) : random.Next(bytes.Length);
            changed[at] = (byte)(random.Next(4) switch
            {
                0 => 0xFF,
                1 => 0,
                2 => changed[at] ^ (1 << random.Next(8)),
                _ => 0x80,
            });
            yield return changed;
        }
    }
}
