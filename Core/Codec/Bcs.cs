using System.Diagnostics.CodeAnalysis;

namespace EnergyChain.Core.Codec;

/// <summary>Whole values to and from canonical bytes.</summary>
public static class Bcs
{
    public static byte[] Encode<T>(T value)
        where T : IBcsValue<T>
    {
        BcsWriter writer = new();
        value.Encode(writer);
        return writer.ToArray();
    }

    /// <summary>Decodes bytes that must hold exactly one value. Any bytes are allowed; no exception.</summary>
    public static bool TryDecode<T>(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? value, out DecodeError error)
        where T : IBcsValue<T>
    {
        BcsReader reader = new(bytes);
        value = T.Decode(ref reader);
        if (!reader.Failed && reader.Remaining > 0)
        {
            reader.Fail(DecodeError.TrailingBytes);
        }

        error = reader.Error;
        value = reader.Failed ? default : value;
        return !reader.Failed;
    }

    public static void WriteList<T>(this BcsWriter writer, IReadOnlyList<T> values)
        where T : IBcsValue<T>
    {
        writer.WriteLength(values.Count);
        foreach (T value in values)
        {
            value.Encode(writer);
        }
    }

    /// <summary>Reads at most <paramref name="limit"/> values, growing only as bytes really arrive.</summary>
    public static IReadOnlyList<T> ReadList<T>(ref BcsReader reader, int limit)
        where T : IBcsValue<T>
    {
        int count = reader.ReadLength(limit);
        List<T> values = [];
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            values.Add(T.Decode(ref reader));
        }

        return values;
    }
}
