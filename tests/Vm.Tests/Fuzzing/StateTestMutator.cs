using System.Text.Json.Nodes;
using EnergyChain.Core.Numerics;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>Changes state tests: fields of sound ones, or bytes of their files.</summary>
internal static class StateTestMutator
{
    private const ulong MaxGas = 4_000_000;

    /// <summary>One to three fields of some test: code, call data, gas, value, storage, balance, environment.</summary>
    public static void Mutate(JsonObject root, Random random)
    {
        JsonObject test = root.ElementAt(random.Next(root.Count)).Value!.AsObject();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            JsonObject pre = test["pre"]!.AsObject();
            JsonObject account = pre.ElementAt(random.Next(pre.Count)).Value!.AsObject();
            JsonObject transaction = test["transaction"]!.AsObject();
            switch (random.Next(10))
            {
                case < 5:
                    account["code"] = MutateBytes((string)account["code"]!, random);
                    break;
                case 5:
                    Replace(transaction["data"]!.AsArray(), random, text => MutateBytes(text, random));
                    break;
                case 6:
                    Replace(transaction["gasLimit"]!.AsArray(), random, _ => Number(random, 22));
                    break;
                case 7:
                    Replace(transaction["value"]!.AsArray(), random, _ => Number(random, random.Next(256)));
                    break;
                case 8:
                    account["storage"]!.AsObject()[Number(random, 3)] = Number(random, random.Next(256));
                    account["balance"] = Number(random, random.Next(200));
                    break;
                default:
                    JsonObject env = test["env"]!.AsObject();
                    string[] fields = ["currentNumber", "currentTimestamp", "currentGasLimit", "currentBaseFee"];
                    env[fields[random.Next(fields.Length)]] = Number(random, random.Next(64));
                    break;
            }
        }
    }

    /// <summary>A file cut off, or with bytes changed, inserted or taken out.</summary>
    public static byte[] Damage(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        if (random.Next(4) == 0)
        {
            return [.. bytes[..random.Next(bytes.Count)]];
        }

        for (int i = random.Next(1, 6); i > 0; i--)
        {
            MutateOnce(bytes, random);
        }

        return [.. bytes];
    }

    /// <summary>Whether a fuzz run has time for the case; one that is malformed takes none.</summary>
    public static bool IsAffordable(StateTestCase test)
    {
        try
        {
            return test.ReadTransaction().GasLimit <= MaxGas;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    private static void Replace(JsonArray list, Random random, Func<string, string> change)
    {
        int index = random.Next(list.Count);
        list[index] = change((string)list[index]!);
    }

    /// <summary>A number of so many bits, at most.</summary>
    private static string Number(Random random, int bits)
    {
        Span<byte> word = stackalloc byte[32];
        random.NextBytes(word);
        UInt256 number = UInt256.ShiftRight(UInt256.FromBigEndian(word), (UInt256)(ulong)(256 - bits));
        number.WriteBigEndian(word);
        return "0x" + Convert.ToHexStringLower(word);
    }

    private static string MutateBytes(string hex, Random random)
    {
        List<byte> bytes = [.. Convert.FromHexString(hex.AsSpan(2))];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            MutateOnce(bytes, random);
        }

        return "0x" + Convert.ToHexStringLower([.. bytes]);
    }

    private static void MutateOnce(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count + 1);
        switch (random.Next(5))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2 when at < bytes.Count:
                bytes.RemoveAt(at);
                break;
            case 3 when at < bytes.Count:
                // A part once more, somewhere else.
                List<byte> part = bytes.GetRange(at, random.Next(Math.Min(40, bytes.Count - at)));
                bytes.InsertRange(random.Next(bytes.Count + 1), part);
                break;
            default:
                bytes.Insert(at, (byte)random.Next(256));
                break;
        }
    }
}
