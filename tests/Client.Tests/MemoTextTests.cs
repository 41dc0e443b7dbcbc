using System.Text;
using EnergyChain.Core;

namespace EnergyChain.Client.Tests;

public sealed class MemoTextTests
{
    [TestCase("")]
    [TestCase("thanks")]
    [TestCase("전기 요금, 마포구")]
    public void Text_comes_back(string text)
    {
        byte[] memo = MemoText.Encode(text);
        Assert.That(MemoText.TryDecode(memo, out string? read), Is.EqualTo(text.Length > 0));
        Assert.That(read ?? "", Is.EqualTo(text));
    }

    [Test]
    public void Same_text_gives_another_memo_each_time_so_that_no_hash_tells_it()
    {
        byte[] first = MemoText.Encode("rent");
        byte[] second = MemoText.Encode("rent");
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public void Memo_of_others_is_read_as_it_is_and_bytes_that_are_no_text_are_none()
    {
        Assert.That(MemoText.TryDecode(Encoding.UTF8.GetBytes("plain"), out string? plain), Is.True);
        Assert.That(plain, Is.EqualTo("plain"));
        Assert.That(MemoText.TryDecode([0xff, 0xfe], out _), Is.False);
        Assert.That(MemoText.TryDecode([], out _), Is.False);
    }

    [Test]
    public void Longest_text_fits_a_memo_and_a_longer_one_is_refused()
    {
        Assert.That(MemoText.Encode(new string('x', MemoText.MaxTextBytes)), Has.Length.EqualTo(Limits.MaxMemoBytes));
        Assert.That(() => MemoText.Encode(new string('x', MemoText.MaxTextBytes + 1)), Throws.ArgumentException);
    }
}
