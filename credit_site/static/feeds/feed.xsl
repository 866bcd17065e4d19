<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes a feed readable in a browser: Atom and RSS of this site, archives included. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:atom="http://www.w3.org/2005/Atom"
    xmlns:at="http://purl.org/atompub/tombstones/1.0"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    exclude-result-prefixes="atom at dc">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>

  <xsl:template match="/atom:feed">
    <xsl:call-template name="page">
      <xsl:with-param name="title" select="atom:title"/>
      <xsl:with-param name="subtitle" select="atom:subtitle"/>
      <xsl:with-param name="home" select="atom:link[@type = 'text/html']/@href"/>
      <xsl:with-param name="root" select="."/>
      <xsl:with-param name="entries" select="atom:entry"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="/rss">
    <xsl:call-template name="page">
      <xsl:with-param name="title" select="channel/title"/>
      <xsl:with-param name="subtitle" select="channel/description"/>
      <xsl:with-param name="home" select="channel/link"/>
      <xsl:with-param name="root" select="channel"/>
      <xsl:with-param name="entries" select="channel/item"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="page">
    <xsl:param name="title"/>
    <xsl:param name="subtitle"/>
    <xsl:param name="home"/>
    <xsl:param name="root"/>
    <xsl:param name="entries"/>
    <html lang="zh-CN">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title><xsl:value-of select="$title"/></title>
        <link rel="stylesheet" href="/static/vendor/bootstrap/bootstrap.subset.min.css"/>
        <link rel="stylesheet" href="/static/site.css"/>
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml"/>
      </head>
      <body>
        <header class="site-header">
          <div class="wide site-header-row"><a class="brand" href="/">返回首页</a></div>
        </header>
        <main id="main" class="column">
          <h1><xsl:value-of select="$title"/></h1>
          <p><xsl:value-of select="$subtitle"/></p>
          <p class="notice">
            <strong>这是一份订阅源。</strong>把它的地址复制到阅读器里，以后有新的内容就会自动收到：<br/>
            <code><xsl:value-of select="$root/atom:link[@rel = 'self']/@href"/></code><br/>
            <a href="/feeds/">怎样订阅</a> · <a href="{$home}">在网页上看</a>
          </p>
          <xsl:if test="not($entries)"><p class="empty">目前没有内容。</p></xsl:if>
          <ul class="record-list"><xsl:apply-templates select="$entries"/></ul>
          <xsl:call-template name="archives"><xsl:with-param name="root" select="$root"/></xsl:call-template>
          <xsl:if test="$root/at:deleted-entry">
            <h2>已停止公示的条目</h2>
            <ul><xsl:apply-templates select="$root/at:deleted-entry"/></ul>
          </xsl:if>
        </main>
        <footer class="site-footer">
          <div class="wide"><p><a href="/about">关于本站</a> · <a href="/feeds/">订阅</a></p></div>
        </footer>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="atom:entry">
    <li class="record-line">
      <p class="record-name"><a href="{atom:link[@rel = 'alternate']/@href}"><xsl:value-of select="atom:title"/></a></p>
      <p><xsl:value-of select="atom:summary"/></p>
      <p class="facts"><span><xsl:value-of select="atom:author/atom:name"/></span><span>更新于 <xsl:call-template name="moment"><xsl:with-param name="text" select="atom:updated"/></xsl:call-template></span></p>
    </li>
  </xsl:template>

  <xsl:template match="item">
    <li class="record-line">
      <p class="record-name"><a href="{link}"><xsl:value-of select="title"/></a></p>
      <p><xsl:value-of select="description"/></p>
      <p class="facts"><span><xsl:value-of select="dc:creator"/></span><span>更新于 <xsl:call-template name="moment"><xsl:with-param name="text" select="atom:updated"/></xsl:call-template></span></p>
    </li>
  </xsl:template>

  <xsl:template match="at:deleted-entry">
    <li>编号 <xsl:value-of select="substring-after(@ref, ':records/')"/>：<xsl:value-of select="at:comment"/></li>
  </xsl:template>

  <xsl:template name="archives">
    <xsl:param name="root"/>
    <xsl:variable name="links" select="$root/atom:link[@rel = 'prev-archive' or @rel = 'next-archive' or @rel = 'current' or @rel = 'next']"/>
    <xsl:if test="$links">
      <nav class="pager" aria-label="其余部分">
        <xsl:for-each select="$links">
          <a class="btn btn-outline" href="{@href}">
            <xsl:choose>
              <xsl:when test="@rel = 'prev-archive'">更早的内容</xsl:when>
              <xsl:when test="@rel = 'next-archive'">更新的内容</xsl:when>
              <xsl:when test="@rel = 'next'">接下来的内容</xsl:when>
              <xsl:otherwise>最新的内容</xsl:otherwise>
            </xsl:choose>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- Moments are written in UTC; XSLT 1.0 cannot add hours, so the zone is said. -->
  <xsl:template name="moment">
    <xsl:param name="text"/>
    <time datetime="{$text}"><xsl:value-of select="concat(substring($text, 1, 10), ' ', substring($text, 12, 5))"/></time> UTC
  </xsl:template>
</xsl:stylesheet>
